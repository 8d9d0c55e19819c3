"""The classroom: what somebody who teaches with the site needs for groups of people.

It is a room that can be taken away: without this folder the site is the same. What must hold all the same, like who
may see a row of a group, is in models/ and routes/shared/.
"""
