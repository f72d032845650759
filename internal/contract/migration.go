package contract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// mostOfHost bounds a host name with its port, in characters.
const mostOfHost = 259

var (
	hostLabel   = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
	numericName = regexp.MustCompile(`^(0[xX][0-9A-Fa-f]*|[0-9]+)$`)
	octet       = regexp.MustCompile(`^(0|[1-9][0-9]{0,2})$`)
	hostPort    = regexp.MustCompile(`^[1-9][0-9]{0,4}$`)
)

// RefuseHost says why a customer's old system cannot stand at a host (§3.7), nil if it can: a name or an IPv4 address, with a
// port if it is not the usual one; no scheme, no path. The operator's token is sent there, so the host must be another
// machine: an address of this one, of its link or of the vendor's metadata is none.
func RefuseHost(path, host string) *refusal.Refusal {
	name, port, ported := strings.Cut(host, ":")
	if len(host) > mostOfHost || (ported && !isPort(port)) || (!isAddress(name) && !isName(name)) {
		return refusal.BadInput("bad_host", "这不是主机名或 IP 地址。", "this is no host",
			refusal.Wrong(path, "须为主机名或 IPv4 地址，可带端口，例如 oa.old.example.com:8080",
				"must be a host name or an IPv4 address, with a port if need be, such as oa.old.example.com:8080"))
	}
	if ownMachine(name) {
		return refusal.BadInput("bad_host", "该地址不是另一台机器。", "this address is not another machine",
			refusal.Wrong(path, "须为甲方服务器的地址", "must be the address of the customer's server"))
	}
	return nil
}

func isPort(text string) bool {
	const most = 65535
	n, err := strconv.Atoi(text)
	return err == nil && hostPort.MatchString(text) && n <= most
}

func isAddress(name string) bool {
	parts := strings.Split(name, ".")
	for _, part := range parts {
		if n, err := strconv.Atoi(part); err != nil || !octet.MatchString(part) || n > 255 {
			return false
		}
	}
	return len(parts) == 4
}

// isName: a name whose last label reads as a number is another way of writing an address.
func isName(name string) bool {
	const most = 253
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if !hostLabel.MatchString(label) {
			return false
		}
	}
	return len(name) <= most && !numericName.MatchString(labels[len(labels)-1])
}

func ownMachine(name string) bool {
	name = strings.ToLower(name)
	if !isAddress(name) {
		return name == "localhost" || strings.HasSuffix(name, ".localhost")
	}
	for _, own := range []string{"0.", "127.", "169.254.", "100.100.100.200"} {
		if strings.HasPrefix(name, own) {
			return true
		}
	}
	first, _, _ := strings.Cut(name, ".")
	n, err := strconv.Atoi(first)
	return err != nil || n >= 224 // groups of machines, and what nobody has
}

// RefuseAgreedDay says why a migration cannot be due on a day (§3.7, §3.8): the parties agree on one that has not passed. It is a
// civil day; no working-day rule moves it.
func RefuseAgreedDay(clause string, receivedAt time.Time, on workday.Date) *refusal.Refusal {
	switch {
	case on.IsZero():
		return refusal.BadInput("bad_day", "缺少约定日期。", "the agreed day is missing",
			refusal.Wrong("agreed_on", "缺少日期", "a day is missing"))
	case on.Before(workday.Of(receivedAt)):
		return refusal.Rule("past_day", clause,
			"约定日期 "+on.String()+" 已过。", "the agreed day "+on.String()+" has passed")
	default:
		return RefuseFarDay(receivedAt, on)
	}
}
