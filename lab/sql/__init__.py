"""SQL without fear: what reads, reads a copy without secrets; what changes something, changes a copy of that."""
