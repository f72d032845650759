-- The last closed month; null if none is.
SELECT max(month) FROM month_close;
