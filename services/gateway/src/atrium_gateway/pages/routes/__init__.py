"""The pages, one module each: gather what the page needs, compose it, show it; take its forms."""

from atrium_gateway.pages.routes import (
    act,
    catch_up,
    components,
    files,
    home,
    items,
    marks,
    people,
    projects,
    report_link,
    reports,
    requests,
    search,
    settings,
    sign_in,
    staff_audit,
    staff_brand,
    staff_brand_preview,
    staff_customers,
    staff_items,
    staff_projects,
    staff_studio,
    threads,
)

PAGES = (
    sign_in,
    act,
    home,
    projects,
    items,
    files,
    requests,
    threads,
    reports,
    report_link,
    catch_up,
    search,
    people,
    settings,
    marks,
    components,
)
STAFF_PAGES = (
    staff_projects,
    staff_items,
    staff_customers,
    staff_brand,
    staff_brand_preview,
    staff_studio,
    staff_audit,
)

routers = [module.router for module in (*PAGES, *STAFF_PAGES)]
