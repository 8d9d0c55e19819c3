"""What a site on a server tells of itself: figures for Prometheus, and a log whose lines programs can read.

It is a room that can be taken away: without this folder the site is the same, and tells neither.
"""
