package sla

import (
	"time"

	"lvyue/internal/paging"
)

// MissedRung is a rung of the ladder whose time passed while nobody could page (§4.2).
type MissedRung struct {
	Rung  string
	At    time.Time
	Event int64
}

// Failure is a try by which a page of the fault was not taken (§4.2). Event is that which asked for the page; 0 if none did, as of
// what the watchdog writes past the evidence.
type Failure struct {
	paging.Try

	Event int64
}

// Failed is the fault with those of the failures that are its pages'.
func (f Fault) Failed(all []paging.Failure) Fault {
	f.Failures = nil
	for _, one := range all {
		if one.Contract == f.Contract && one.Fault == f.Fault {
			f.Failures = append(f.Failures, Failure{one.Try, f.pages[one.Key]})
		}
	}
	return f
}

// Ways are all that a page may go by, in the order in which they are tried.
func Ways() []paging.Way {
	return []paging.Way{paging.Slack, paging.Email, paging.DingTalk, paging.WeCom, paging.Webhook}
}

// FailuresBy counts the failures of one way, and those of them after which it was not tried again.
func (f Fault) FailuresBy(way paging.Way) (failed, gaveUp int) {
	for _, one := range f.Failures {
		if one.Way != way {
			continue
		}
		failed++
		if one.Outcome == paging.GaveUp {
			gaveUp++
		}
	}
	return failed, gaveUp
}
