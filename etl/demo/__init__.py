"""A deterministic synthetic Mỹ Tho (dữ liệu minh hoạ): pure generators of Arrow batches, and their loader.

No lot, boundary, zone, device or case here is real; only the published figures of `facts` are.
"""
