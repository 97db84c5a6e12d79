"""Stand-ins of the partners: real servers on loopback that share no code with the product."""
