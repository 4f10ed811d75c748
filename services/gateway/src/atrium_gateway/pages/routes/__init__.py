"""The pages, one module each: gather what the page needs, compose it, show it; take its forms."""

from atrium_gateway.pages.routes import (
    act,
    catch_up,
    files,
    home,
    items,
    people,
    projects,
    requests,
    search,
    settings,
    sign_in,
    threads,
)

PAGES = (sign_in, act, home, projects, items, files, requests, threads, catch_up, search, people, settings)

routers = [module.router for module in PAGES]
