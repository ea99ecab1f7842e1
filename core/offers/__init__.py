"""Plans and bills: what each plan would have cost this customer, which may be offered, and what to recommend.

Pure: arrays and values in, values out. numpy is imported here and nowhere else in core; nothing on the desktop's start
path or UI thread may import this room.
"""
