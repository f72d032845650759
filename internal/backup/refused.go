package backup

import (
	"slices"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Copiable refuses what cannot be copied: "not_in_service", "no_address".
func (s Standing) Copiable() error {
	if !s.Owed() {
		return refusal.Rule("not_in_service", "3.9", "合同 "+s.Contract+" 不在服务中，没有要备份的系统",
			"the contract "+s.Contract+" is not in service: there is no system to copy")
	}
	if s.Door == "" {
		return refusal.Rule("no_address", "3.9", "合同 "+s.Contract+" 的部署没有留下地址，无法读取其系统",
			"the deployment of "+s.Contract+" left no address under which its system could be read")
	}
	return nil
}

// Choose is the copy of a day among a contract's good ones, oldest first, or the newest for no day. Without one it is the
// refusal "no_copy".
func Choose(contract string, copies []Copy, day workday.Date) (Copy, error) {
	for _, c := range slices.Backward(copies) {
		if day.IsZero() || c.Day == day {
			return c, nil
		}
	}
	return Copy{}, NoCopy(contract, day)
}

// NoCopy is the refusal "no_copy".
func NoCopy(contract string, day workday.Date) error {
	return refusal.Rule("no_copy", "3.9", "合同 "+contract+" 没有可用的异地备份 "+day.String(),
		"there is no good off-site copy of "+contract+" "+day.String())
}
