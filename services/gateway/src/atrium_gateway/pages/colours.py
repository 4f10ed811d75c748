"""A customer's colours as classes of the workspace's stylesheet."""

from atrium_gateway.branding.model import Brand


def colours(slug: str, brand: Brand) -> str:
    """`customer-<slug>`: the one colour a row, a mark and a name may have. `brand-<slug>`: frames the customer's pages."""
    framed = "".join(f"--{name}:{value};" for name, value in brand.theme.light.items())
    return f".customer-{slug}{{--customer:{brand.theme.light['accent']}}}.brand-{slug}{{{framed}}}\n"
