"""The store in MongoDB: for several machines, and for readers with tools of their own."""

from crawler.storage.mongo.store import MongoStore, open_mongo

__all__ = ["MongoStore", "open_mongo"]
