package contract

import (
	"maps"
	"strings"

	"lvyue/internal/refusal"
)

// RefuseExpansion says why the load standard may not be expanded from present to asked in the middle of a service year
// (§5.7), nil if it may. An expansion asks for more of something (nothing_to_expand) and for less of nothing
// (not_an_expansion), for the enabled products only.
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
	if more, _ := then.Exceeds(now); !more {
		return refusal.Rule("nothing_to_expand", "5.7",
			"没有要求任何更多的配置。", "nothing more is asked for than there is")
	}
	return nil
}

func smaller(paths []string) []refusal.Field {
	wrong := make([]refusal.Field, len(paths))
	for i, path := range paths {
		wrong[i] = refusal.Wrong(strings.TrimPrefix(path, "load."), "少于现有配置", "is less than there is")
	}
	return wrong
}

// AtLeast is the load standard raised, figure by figure, to that of an expansion (§5.7): what was asked for the next
// year never falls behind what was bought in this one. A product that l lacks stays out.
func (l Load) AtLeast(expanded Load) Load {
	raised := Load{
		Users: max(l.Users, expanded.Users), Employees: max(l.Employees, expanded.Employees),
		DiskGB: max(l.DiskGB, expanded.DiskGB), DatabaseGB: max(l.DatabaseGB, expanded.DatabaseGB),
		ByProduct: maps.Clone(l.ByProduct),
	}
	//workflowcheck:ignore // each row is raised by itself
	for p, row := range l.ByProduct {
		more := expanded.ByProduct[p]
		raised.ByProduct[p] = ProductLoad{Users: max(row.Users, more.Users), Concurrent: max(row.Concurrent, more.Concurrent)}
	}
	return raised
}
