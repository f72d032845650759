-- A fapiao for an invoice. Its number makes it one.
INSERT INTO fapiao (number, kind, invoice, red_of, confirmation, issued_on, buyer, buyer_tax_no, seller, seller_tax_no, item,
    tax_code, vat_rate, net, tax, gross, file_sha256, recorded_by)
VALUES (@number, @kind, @invoice, nullif(@red_of, ''), nullif(@confirmation, ''), @issued_on, @buyer, @buyer_tax_no, @seller,
    @seller_tax_no, @item, @tax_code, @vat_rate::numeric, @net, @tax, @gross, nullif(@file_sha256, ''), @by);
