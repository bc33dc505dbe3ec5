"""Beyond one machine: comparison groups evaluated in the partitions of Apache Spark."""
