package postgres

// orders are the views that may be asked, and the order of their rows.
func orders() map[string]string {
	return map[string]string{
		"books_aging":         "total DESC, contract",
		"books_audit_run":     "id DESC",
		"books_bank_line":     "booked_on, id",
		"books_claim":         "contract, n",
		"books_fapiao":        "issued_on, number",
		"books_invoice":       "issued_on, recorded_at, number",
		"books_invoice_line":  "number, line",
		"books_ledger":        "account, effective_on, posting, line",
		"books_liability":     "contract",
		"books_month":         "month",
		"books_policy_now":    "recorded_at",
		"books_receivable":    "due_on NULLS LAST, contract, number",
		"books_refund":        "contract, recorded_at, id",
		"books_renewal":       "last, contract",
		"books_revenue":       "contract, number, month NULLS LAST",
		"books_statement":     "contract, effective_on, posting",
		"books_trial_balance": "account",
		"books_unapplied":     "what, booked_on, line, contract",
	}
}
