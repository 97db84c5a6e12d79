"""The screens: they translate what people do, and nothing else."""
