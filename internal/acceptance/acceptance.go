// Package acceptance is the load acceptance of §1.3: what load a system is put under, what came of it, and whether that is
// enough. Judging is pure; who drives the load is package vegeta.
package acceptance

import (
	"fmt"
	"time"

	"lvyue/internal/refusal"
)

// Load is what a system is put under: Users at the same time, each asking for one page a second.
type Load struct {
	// Base is the system's address, "https://oa.example.com".
	Base string `json:"base"`
	// Paths are pages of all enabled products, asked for in turn: "/oa/".
	Paths []string `json:"paths"`
	Users int      `json:"users"`
	// For is how long it lasts.
	For time.Duration `json:"for"`
}

// Result is a measurement, kept word for word as evidence; its fields only grow.
type Result struct {
	// Users were at work at the same time.
	Users int `json:"users"`
	// Requests is how many were due: a page a second for each user. One that could not be sent, since its user still waited
	// for the page before, counts as not answered.
	Requests int64 `json:"requests"`
	// Right were answered with 2xx; InTime those of them that took no longer than SlowestMS.
	Right  int64 `json:"right"`
	InTime int64 `json:"in_time"`
	// Share is Right of Requests, from 0 to 1, cut to four places.
	Share float64 `json:"share"`
	// P50MS, P95MS and P99MS are the times, in milliseconds and rounded up, within which that part of the requests in a
	// hundred was over, answered or not. A request's time runs from when it was due.
	P50MS int64 `json:"p50_ms"`
	P95MS int64 `json:"p95_ms"`
	P99MS int64 `json:"p99_ms"`
	// Statuses counts the answers by HTTP status; "none" is no answer.
	Statuses map[string]int64 `json:"statuses"`
	// Trouble is the first reason why no answer came, at most 200 characters.
	Trouble string    `json:"trouble,omitempty"`
	BeganAt time.Time `json:"began_at"`
	EndedAt time.Time `json:"ended_at"`
	// Carried is how many users were carried: the part of them whose pages came right and in time, rounded down.
	Carried int `json:"carried"`
}

// NoAnswer is the status of what was not answered.
const NoAnswer = "none"

// The readings of §1.3, which names numbers of users and no measure of whether they are served.
const (
	// LeastRight is how many of a thousand pages must come: all but what a user takes for a hiccup of the line.
	LeastRight = 999
	// SlowestMS is what 95 of 100 pages may take, in milliseconds: longer than two seconds, a user at work believes that it
	// hangs, and asks again.
	SlowestMS = 2000
)

// Judge says whether the measured system meets the load standard of so many concurrent users (§1.3), and why.
func Judge(r Result, required int) (passed bool, why refusal.Text) {
	switch {
	case r.Requests == 0:
		return false, refusal.Text{ZH: "没有测到任何请求", EN: "nothing was measured"}
	case r.Users < required:
		return false, refusal.Text{
			ZH: fmt.Sprintf("只按 %d 个并发用户测试，合同要求 %d 个", r.Users, required),
			EN: fmt.Sprintf("it was tried with %d concurrent users, and %d are agreed", r.Users, required),
		}
	case r.Right*1000 < r.Requests*LeastRight:
		return false, refusal.Text{
			ZH: fmt.Sprintf("%d 个页面请求中只有 %d 个正确返回，少于千分之 %d；只能承载 %d 个用户，合同要求 %d 个", r.Requests, r.Right, LeastRight, r.Carried, required),
			EN: fmt.Sprintf("of %d pages %d came right, fewer than %d of 1000; it carries %d users, and %d are agreed", r.Requests, r.Right, LeastRight, r.Carried, required),
		}
	case r.P95MS > SlowestMS:
		return false, refusal.Text{
			ZH: fmt.Sprintf("95%% 的页面需要 %d 毫秒，超过 %d 毫秒；只能承载 %d 个用户，合同要求 %d 个", r.P95MS, SlowestMS, r.Carried, required),
			EN: fmt.Sprintf("95 of 100 pages take up to %d ms, more than %d ms; it carries %d users, and %d are agreed", r.P95MS, SlowestMS, r.Carried, required),
		}
	}
	return true, refusal.Text{
		ZH: fmt.Sprintf("%d 个并发用户：%d 个页面请求中 %d 个正确返回，95%% 在 %d 毫秒之内", r.Users, r.Requests, r.Right, r.P95MS),
		EN: fmt.Sprintf("%d concurrent users: of %d pages %d came right, 95 of 100 within %d ms", r.Users, r.Requests, r.Right, r.P95MS),
	}
}
