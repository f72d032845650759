package contract_test

import (
	"strings"
	"testing"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/workday"
)

// §3.7: the operator's token goes to the host, so it is a name or an address of another machine and nothing else.
func TestRefuseHost_TakesNamesAndAddressesOfOtherMachines(t *testing.T) {
	t.Parallel()
	label := strings.Repeat("a", 63)
	long := strings.Join([]string{label, label, label, strings.Repeat("a", 61)}, ".")
	for _, good := range []string{
		"oa.old.example.com", "oa", "OA.Example.COM", "xn--fiq228c.cn", "10.1.2.3", "192.168.0.9:8080", "203.0.113.7", "oa.example.com:1",
		"oa.example.com:65535", "223.255.255.255", label + ".com", long, "1.example.com", "100.100.100.201", "126.0.0.1", "128.0.0.1",
	} {
		if no := contract.RefuseHost("from", good); no != nil {
			t.Errorf("%q is refused: %v", good, no)
		}
	}
	for _, bad := range []string{
		"", " ", "http://oa.example.com", "oa.example.com/", "oa.example.com/path", "user@oa.example.com", "oa.example.com:", "oa.example.com:0",
		"oa.example.com:65536", "oa.example.com:080", "oa.example.com:80:80", "oa example", "oa\n.example.com", "-oa.example.com", "oa-.example.com",
		".example.com", "oa..example.com", "oa.example.com.", "旧.example.com", "oa_1.example.com", "a" + label + ".com", "a" + long, "[::1]", "::1",
		"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "oa.0x1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "0.0.0.0",
		"169.254.169.254", "100.100.100.200", "224.0.0.1", "255.255.255.255", "localhost", "LocalHost:8080", "a.localhost", "oa?x", "oa#x", "oa%00",
	} {
		if no := contract.RefuseHost("from", bad); no == nil || no.Code != "bad_host" || no.Fields[0].Path != "from" {
			t.Errorf("%q is answered with %v", bad, no)
		}
	}
}

// §3.7 §3.8: a civil day that has not passed.
func TestRefuseAgreedDay_TakesTodayAndRefusesYesterday(t *testing.T) {
	t.Parallel()
	received := time.Date(2026, time.March, 7, 23, 59, 59, 0, workday.Shanghai) // a Saturday
	for day, want := range map[string]string{
		"2026-03-07": "", "2026-03-08": "", "2026-03-06": "past_day", "2031-03-06": "", "2032-03-07": "far_day",
	} {
		got := ""
		if no := contract.RefuseAgreedDay("3.8", received, workday.MustDate(day)); no != nil {
			got = no.Code
		}
		if got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if no := contract.RefuseAgreedDay("3.8", received, workday.Date{}); no == nil || no.Code != "bad_day" {
		t.Errorf("no day is answered with %v", no)
	}
}
