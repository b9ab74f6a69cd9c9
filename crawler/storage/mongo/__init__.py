"""MongoDB: for several machines, and for whoever reads stories with tools of their own."""

from crawler.storage.mongo.store import MongoStore, open_mongo

__all__ = ["MongoStore", "open_mongo"]
