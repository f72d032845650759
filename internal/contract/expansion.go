package contract

import (
	"maps"
	"slices"
	"strings"
	"time"

	"lvyue/internal/refusal"
)

// MostNodes bounds a cluster (§3.5): the vendor's load balancer takes more, nobody needs it.
const MostNodes = 20

// QuoteHolds is until when a price that the vendor said at that instant may be accepted (§5.7): a day long. The vendor
// promises nothing, so it is asked again before the purchase. It is our reading.
func QuoteHolds(at time.Time) time.Time { return at.Add(24 * time.Hour) }

// RefuseExpansion says why the load standard may not be expanded from present to asked in the middle of a service year
// (§5.7), nil if it may. An expansion asks for more of something (nothing_to_expand) and for less of nothing
// (not_an_expansion), for the enabled products only (not_enabled), by a load standard as a form may have it (bad_load).
func RefuseExpansion(products []Product, present, asked Load) *refusal.Refusal {
	now, then := Configuration{products, present}, Configuration{products, asked}
	if less, paths := now.Exceeds(then); less {
		return refusal.BadInput("not_an_expansion", "扩容不能减少现有配置：", "an expansion takes nothing away:", smaller(paths)...)
	}
	for p := range asked.ByProduct {
		if _, known := present.ByProduct[p]; !known {
			return refusal.BadInput("not_enabled", "只能扩充已启用的产品：", "only enabled products can be expanded:",
				refusal.Wrong("load.by_product."+string(p), "该产品未启用", "this product is not enabled"))
		}
	}
	if wrong := asked.wrongRows(); len(wrong) > 0 {
		return refusal.BadInput("bad_load", "负载标准有误：", "this is no load standard:", wrong...)
	}
	if more, _ := then.Exceeds(now); !more {
		return refusal.Rule("nothing_to_expand", "5.7",
			"没有要求任何更多的配置。", "nothing more is asked for than there is")
	}
	return nil
}

// wrongRows names the rows that break concurrent ≤ the product's users ≤ the system's users (§1.3), by product.
func (l Load) wrongRows() []refusal.Field {
	var wrong []refusal.Field
	for _, p := range slices.Sorted(maps.Keys(l.ByProduct)) {
		if row := l.ByProduct[p]; row.Users > l.Users || row.Concurrent > row.Users {
			wrong = append(wrong, refusal.Wrong("load.by_product."+string(p), "并发数、用户数、系统用户总数须依次不减",
				"needs concurrent ≤ users ≤ the system's users"))
		}
	}
	return wrong
}

func smaller(paths []string) []refusal.Field {
	wrong := make([]refusal.Field, len(paths))
	for i, path := range paths {
		wrong[i] = refusal.Wrong(strings.TrimPrefix(path, "load."), "少于现有配置", "is less than there is")
	}
	return wrong
}

// Above holds the figures of l that exceed those of present, the others zero: what an expansion has bought (§5.7).
func (l Load) Above(present Load) Load {
	more := func(now, before int) int {
		if now > before {
			return now
		}
		return 0
	}
	above := Load{
		Users: more(l.Users, present.Users), Employees: more(l.Employees, present.Employees),
		DiskGB: more(l.DiskGB, present.DiskGB), DatabaseGB: more(l.DatabaseGB, present.DatabaseGB), Nodes: more(l.Nodes, present.Nodes),
		ByProduct: map[Product]ProductLoad{},
	}
	//workflowcheck:ignore // each row is compared by itself
	for p, row := range l.ByProduct {
		before := present.ByProduct[p]
		above.ByProduct[p] = ProductLoad{Users: more(row.Users, before.Users), Concurrent: more(row.Concurrent, before.Concurrent)}
	}
	return above
}

// AtLeast is the load standard raised, figure by figure, to that of an expansion (§5.7): what was asked for the next
// year never falls behind what was bought in this one. A product that l lacks stays out.
func (l Load) AtLeast(expanded Load) Load {
	raised := Load{
		Users: max(l.Users, expanded.Users), Employees: max(l.Employees, expanded.Employees),
		DiskGB: max(l.DiskGB, expanded.DiskGB), DatabaseGB: max(l.DatabaseGB, expanded.DatabaseGB), Nodes: max(l.Nodes, expanded.Nodes),
		ByProduct: maps.Clone(l.ByProduct),
	}
	//workflowcheck:ignore // each row is raised by itself
	for p, row := range l.ByProduct {
		more := expanded.ByProduct[p]
		raised.ByProduct[p] = ProductLoad{Users: max(row.Users, more.Users), Concurrent: max(row.Concurrent, more.Concurrent)}
	}
	return raised
}
