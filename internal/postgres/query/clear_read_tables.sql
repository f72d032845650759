-- Empties what is folded from the evidence. Nobody records meanwhile, and whoever reads sees the old rows until
-- the commit; a TRUNCATE would keep readers waiting.
LOCK TABLE contract_head IN EXCLUSIVE MODE;
DELETE FROM fault;
DELETE FROM notice;
DELETE FROM receipt;
DELETE FROM service_year;
DELETE FROM obligation;
DELETE FROM contract;
