"""DATA-02: immutable snapshots of what is known of every customer, as Parquet, and how each source stands in them."""
