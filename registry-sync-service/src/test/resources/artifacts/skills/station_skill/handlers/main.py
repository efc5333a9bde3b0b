def get_overview(node_id=None):
    return {"ok": True}
