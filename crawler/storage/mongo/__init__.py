"""The store in MongoDB: for several machines, and for readers with tools of their own."""

from crawler.storage.mongo.store import MongoReader, MongoStore, open_mongo, open_mongo_reader

__all__ = ["MongoReader", "MongoStore", "open_mongo", "open_mongo_reader"]
