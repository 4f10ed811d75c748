"""A customer's colours as classes of the workspace's stylesheet."""

from atrium_gateway.branding.model import Brand


def colours(slug: str, brand: Brand) -> str:
    """`customer-<slug>` has the one colour of a row or mark; `brand-<slug>` frames the customer's own pages."""
    framed = "".join(f"--{name}:{value};" for name, value in brand.theme.light.items())
    return f".customer-{slug}{{--customer:{brand.theme.light['accent']}}}.brand-{slug}{{{framed}}}\n"
