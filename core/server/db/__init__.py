"""The server's database: engine, schema, migrations. SQLAlchemy Core on SQLite or PostgreSQL."""
