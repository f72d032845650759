package cli

import "lvyue/internal/refusal"

// trialBalanceQuestion asks for all accounts.
func trialBalanceQuestion() question {
	return question{
		command: "trial-balance", title: refusal.Text{ZH: "试算平衡表", EN: "Trial balance"},
		short:   refusal.Text{ZH: "全部科目的借方、贷方和余额", EN: "all accounts with their debits, credits and balances"},
		example: "trial-balance --as-of 2026-03-31 --known-at 2026-04-02T18:00:00+08:00", view: "books_trial_balance",
		columns: []column{
			{"account", "科目", "account", paper80, nil},
			{"name_zh", "名称", "name (Chinese)", paper80 | onlyZH, nil},
			{"name_en", "英文名称", "name", paper80 | onlyEN, nil},
			{"kind", "类别", "kind", paper110, accountKindWords},
			{"debit", "借方", "debit", paper80 | summed, nil},
			{"credit", "贷方", "credit", paper80 | summed, nil},
			{"balance", "余额", "balance", paper80 | summed, nil},
		},
	}
}

// ledgerQuestion asks for one account, line by line.
func ledgerQuestion() question {
	return question{
		command: "ledger ACCOUNT", least: 1, about: "account", title: refusal.Text{ZH: "明细账", EN: "Ledger"},
		short:   refusal.Text{ZH: "一个科目的全部分录", EN: "all lines of one account"},
		example: "ledger 1122 --as-of 2026-03-31", view: "books_ledger",
		columns: []column{
			{"account", "科目", "account", 0, nil},
			{"effective_on", "日期", "day", paper80, nil},
			{"document", "单据", "document", paper80, documentWords},
			{"contract", "合同", "contract", paper80, nil},
			{"debit", "借方", "debit", paper80 | summed, nil},
			{"credit", "贷方", "credit", paper80 | summed, nil},
			{"balance", "余额", "balance", paper80, nil},
			{"key", "业务编号", "key", paper110, nil},
			{"recorded_at", "记录", "recorded", 0, nil},
			{"actor", "经办", "by", 0, nil},
			{"posting", "凭证号", "posting", 0, nil},
			{"line", "行", "line", 0, nil},
		},
	}
}

// revenueQuestion asks for what is earned, and what is owed as service.
func revenueQuestion() question {
	return question{
		command: "revenue [NUMBER]", about: "contract", title: refusal.Text{ZH: "收入", EN: "Revenue"},
		short:   refusal.Text{ZH: "各账单逐月计划、已确认和未确认的收入（不含税）", EN: "revenue by invoice and month: planned, recognised, still deferred (without VAT)"},
		example: "revenue HT-2025-001", view: "books_revenue",
		ties: []tie{{column: "recognised", account: "6001", credit: true}, {column: "deferred", account: "2205", credit: true}},
		columns: []column{
			{"contract", "合同", "contract", paper80, nil},
			{"number", "账单", "invoice", paper80, nil},
			{"month", "月份", "month", paper80 | byMonth, nil},
			{"planned", "计划", "planned", paper80 | summed, nil},
			{"recognised", "已确认", "recognised", paper80 | summed, nil},
			{"deferred", "未确认", "deferred", paper80 | summed, nil},
		},
	}
}

// monthsQuestion asks for the months and who closed them.
func monthsQuestion() question {
	return question{
		command: "months", title: refusal.Text{ZH: "各月账目", EN: "Months"},
		short:   refusal.Text{ZH: "各月发生额，及由谁何时结账", EN: "the months with their totals, and who closed them"},
		example: "months", view: "books_month",
		columns: []column{
			{"month", "月份", "month", paper80 | byMonth, nil},
			{"closed", "已结账", "closed", paper80, nil},
			{"closed_by", "结账人", "by", paper80, nil},
			{"closed_at", "结账时刻", "at", paper110, nil},
			{"postings", "凭证数", "postings", paper80, nil},
			{"debit", "借方发生", "debits", paper80 | summed, nil},
			{"credit", "贷方发生", "credits", summed, nil},
			{"bank", "银行净额", "bank", paper110 | summed, nil},
			{"receivable", "应收净额", "receivable", paper110 | summed, nil},
			{"revenue", "收入", "revenue", paper80 | summed, nil},
			{"vat", "销项税", "VAT", paper110 | summed, nil},
		},
	}
}
