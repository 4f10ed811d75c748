"""The pages, one module each: gather what the page needs, compose it, show it; take its forms."""

from atrium_gateway.pages.routes import home, items, projects, sign_in

routers = [module.router for module in (sign_in, home, projects, items)]
