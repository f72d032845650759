package oncall

import "lvyue/internal/refusal"

const noRota = "no_rota"

// NoRota is the refusal of whatever needs a rota before anybody has set one (§4.1).
func NoRota() *refusal.Refusal {
	return refusal.Rule(noRota, "4.1", "没有值班表；starter oncall form 打印一份，填好后用 starter oncall set 提交。",
		"there is no rota; starter oncall form prints one to fill in, starter oncall set takes it")
}

// OrNobody is a rota as it was read, or one of nobody where that was refused because there is none; any other error stays.
func OrNobody(r Rota, err error) (Rota, error) {
	if no, refused := refusal.As(err); refused && no.Code == noRota {
		return Rota{}, nil
	}
	return r, err
}
