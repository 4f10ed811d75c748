"""The pages, one module each: gather what the page needs, compose it, show it; take its forms."""

from atrium_gateway.pages.routes import files, home, items, projects, requests, sign_in, threads

routers = [module.router for module in (sign_in, home, projects, items, files, requests, threads)]
