"""A seeded generator of newspaper pages whose truth is known: what each line is, whose it is, and what is wrong."""
