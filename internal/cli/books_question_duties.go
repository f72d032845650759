package cli

import "lvyue/internal/refusal"

// renewalsQuestion asks for which years end, and whether the fee may rise (§5.8).
func renewalsQuestion() question {
	return question{
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
	}
}

// liabilityQuestion asks for how far the cap of §7.3 is used up.
func liabilityQuestion() question {
	return question{
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
	}
}

// claimsQuestion asks for what customers claim for loss.
func claimsQuestion() question {
	return question{
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
	}
}

// auditsQuestion asks for what the nightly audits found.
func auditsQuestion() question {
	return question{
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
	}
}
