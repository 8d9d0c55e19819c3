"""The lab: what each click became in the student's own code, from the browser to the row and back.

It is a room that can be taken away: without this folder the site is the same.
"""
