"""Files and their stacks of versions: what there is, who may see it, who has it checked out."""
