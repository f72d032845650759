package contract

import (
	"strings"

	"lvyue/internal/refusal"
)

// Catalogue is the ten products of §1.1, in the order in which the contract lists them.
func Catalogue() []CatalogueEntry {
	return []CatalogueEntry{
		entry("OA", "协同办公系统", "Collaborative Office", "8.4.2", "object-store"),
		entry("TC", "培训系统", "Training", "3.1.0", "object-store"),
		entry("PB", "付款审批及预算系统", "Payment Approval and Budget", "6.2.1"),
		entry("HR", "人力资源管理系统", "Human Resources", "7.0.3"),
		entry("FM", "财务系统", "Finance", "6.5.0"),
		entry("CRM", "客户关系管理系统", "Customer Relations", "5.3.4"),
		distribution(),
		entry("FRM", "加盟商关系管理系统", "Franchisee Relations", "2.6.0"),
		entry("CCB", "客户协同商务系统", "Customer Collaborative Business", "2.2.1", "message-queue"),
		entry("SCB", "供应商协同商务系统", "Supplier Collaborative Business", "2.2.1", "message-queue"),
	}
}

// distribution is the one product whose parts the contract names.
func distribution() CatalogueEntry {
	dl := entry("DL", "分销与物流管理系统", "Distribution and Logistics", "4.8.2", "message-queue")
	dl.Subsystems = []refusal.Text{
		{ZH: "总部管理", EN: "headquarters"},
		{ZH: "配送中心管理", EN: "distribution centre"},
		{ZH: "门店管理", EN: "store"},
		{ZH: "POS", EN: "POS"},
	}
	return dl
}

// entry fills in what all products share: the database and the cache, and one way to install and to look.
func entry(code Product, zh, en, release string, also ...string) CatalogueEntry {
	name := strings.ToLower(string(code))
	return CatalogueEntry{
		Code:    code,
		Name:    refusal.Text{ZH: zh, EN: en},
		Needs:   append([]string{"database", "cache"}, also...),
		Release: release,
		Install: []string{
			"suite fetch " + name + " " + release,
			"suite migrate " + name + " " + release,
			"suite start " + name + " " + release,
		},
		Health: "/" + name + "/health",
	}
}
