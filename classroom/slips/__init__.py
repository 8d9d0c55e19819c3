"""Slips of paper that let people in once: chosen, printed, voided, and opened by a QR code."""
