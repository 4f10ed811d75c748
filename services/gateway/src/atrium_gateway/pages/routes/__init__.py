"""The pages, one module each: gather what the page needs, compose it, show it; take its forms."""

from atrium_gateway.pages.routes import (
    act,
    catch_up,
    files,
    home,
    items,
    marks,
    people,
    projects,
    requests,
    search,
    settings,
    sign_in,
    staff_items,
    staff_projects,
    threads,
)

PAGES = (sign_in, act, home, projects, items, files, requests, threads, catch_up, search, people, settings, marks)
STAFF_PAGES = (staff_projects, staff_items)

routers = [module.router for module in (*PAGES, *STAFF_PAGES)]
