"""Maps that people save and send: one HTML file, drawn by folium, that asks nothing of any host.

A saved file is out of reach of every access rule, so it holds what the public may see and nothing more.
"""
