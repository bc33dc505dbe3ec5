"""The indicator workbook 指标体系表: a scheme as the tables an office keeps (rules §3)."""
