package cli

import "lvyue/internal/refusal"

// questionsOfBooks are about the ledger itself.
func questionsOfBooks() []question {
	return []question{
		{
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
		},
		{
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
		},
		{
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
		},
		{
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
		},
	}
}

// questionsOfDuties are about what contracts will ask of the provider.
func questionsOfDuties() []question {
	return []question{
		{
			command: "renewals", title: refusal.Text{ZH: "续约", EN: "Renewals"},
			short:   refusal.Text{ZH: "将到期的服务年度、报价，及可否涨价（§5.6、§5.8）", EN: "service years that end, the offers, and whether the fee may rise (§5.6, §5.8)"},
			example: "renewals --months 3", view: "books_renewal", monthsOf: "last",
			columns: []column{
				{"contract", "合同", "contract", paper80, nil},
				{"customer", "客户", "customer", paper110, nil},
				{"account_manager", "客户经理", "account manager", 0, nil},
				{"year", "年度", "year", paper80, nil},
				{"last", "末日", "last day", paper80, nil},
				{"fee", "本年服务费", "fee", paper80 | summed, nil},
				{"offered", "报价", "offered", paper80, nil},
				{"offered_by", "报价方", "by", paper110, sideWords},
				{"agreed", "议定", "agreed", paper110, nil},
				{"verdict", "结论（§5.8）", "verdict (§5.8)", paper80, verdictWords},
				{"ceiling", "上限", "ceiling", paper80, nil},
				{"growth", "增加的配置", "asked for more", paper110, nil},
				{"known_on", "据", "known on", 0, nil},
				{"recorded_at", "记录", "recorded", 0, nil},
			},
		},
		{
			command: "liability [NUMBER]", about: "contract", title: refusal.Text{ZH: "赔偿上限", EN: "Liability"},
			short:   refusal.Text{ZH: "赔偿上限（§7.3）已用多少；§3.1 不设上限", EN: "how far the cap of §7.3 is used up; §3.1 has none"},
			example: "liability HT-2025-001", view: "books_liability",
			columns: []column{
				{"contract", "合同", "contract", paper80, nil},
				{"fees_received", "已收服务费", "fees received", summed, nil},
				{"cap", "上限", "cap", paper80 | summed, nil},
				{"claimed", "索赔", "claimed", paper80 | summed, nil},
				{"payable", "应付", "payable", paper80 | summed, nil},
				{"paid", "已付", "paid", paper80 | summed, nil},
				{"remaining", "尚余", "left", paper80 | summed, nil},
				{"claimed_3_1", "§3.1 索赔", "§3.1 claimed", paper110 | summed, nil},
				{"payable_3_1", "§3.1 应付", "§3.1 payable", paper110 | summed, nil},
				{"paid_3_1", "§3.1 已付", "§3.1 paid", summed, nil},
			},
		},
		{
			command: "claims [NUMBER]", about: "contract", title: refusal.Text{ZH: "索赔", EN: "Claims"},
			short:   refusal.Text{ZH: "甲方的索赔、批准和付款（§7.3、§3.1）", EN: "claims of customers, what was approved and paid (§7.3, §3.1)"},
			example: "claims HT-2025-001", view: "books_claim",
			columns: []column{
				{"contract", "合同", "contract", paper80, nil},
				{"n", "号", "no.", paper80, nil},
				{"clause", "条款", "§", paper80, nil},
				{"claimed_on", "索赔日", "day", paper80, nil},
				{"amount", "金额", "amount", paper80 | summed, nil},
				{"payable", "应付", "payable", paper80 | summed, nil},
				{"paid", "已付", "paid", paper80 | summed, nil},
				{"matter", "事由", "matter", paper110, nil},
				{"recorded_by", "登记人", "recorded by", 0, nil},
				{"approved_by", "批准人", "approved by", 0, nil},
				{"document_sha256", "文件指纹", "hash of the paper", 0, nil},
				{"recorded_at", "记录", "recorded", 0, nil},
			},
		},
		{
			command: "audits", title: refusal.Text{ZH: "账目检查记录", EN: "Audits"},
			short:   refusal.Text{ZH: "历次夜间检查的结果", EN: "what the nightly audits found"},
			example: "audits", view: "books_audit_run",
			columns: []column{
				{"id", "次", "no.", paper80, nil},
				{"ran_at", "时刻", "at", paper80, nil},
				{"checks", "检查项", "checks", paper80, nil},
				{"failed", "未通过", "failed", paper80, nil},
				{"invariants", "哪些", "which", paper80, nil},
			},
		},
	}
}
