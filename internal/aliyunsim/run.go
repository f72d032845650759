package aliyunsim

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/hosting"
)

// run is one command on one server, as the vendor remembers it: also when the server is gone. What the command was is
// forgotten.
type run struct {
	ID     string            `json:"id"`
	Region string            `json:"region"`
	Server string            `json:"server"`
	Name   string            `json:"name,omitempty"`
	Tags   map[string]string `json:"tags,omitempty"`
	At     time.Time         `json:"at"`
	// EndsAt is when its result is known.
	EndsAt time.Time `json:"ends_at"`
	Exit   int       `json:"exit"`
	Output string    `json:"output,omitempty"`
	// Undelivered is the vendor's code for why it never ran on the server; empty when it did.
	Undelivered string `json:"undelivered,omitempty"`
}

// mostContent is the longest command that the vendor takes, encoded.
const mostContent = 24 << 10

// runCommand runs a shell script on servers, at once; its result is known when the time for it has passed. What does not
// run gets no command, and is told of in the result.
func runCommand(s *state, c call) (answer, error) {
	if kind := c.text("Type"); kind != "RunShellScript" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "Type %s is not simulated.", kind)
	}
	script, err := c.script()
	if err != nil {
		return nil, err
	}
	var servers []*thing
	for n := 1; c.text("InstanceId."+strconv.Itoa(n)) != ""; n++ {
		t, err := s.get(hosting.Server, c.region(), c.text("InstanceId."+strconv.Itoa(n)), "InvalidInstance.NotFound")
		if err != nil {
			return nil, err
		}
		servers = append(servers, t)
	}
	if len(servers) == 0 {
		return nil, missing("InstanceId.1")
	}
	s.Commands++
	id := "t-" + shortSum("run "+cmp.Or(c.text("ClientToken"), strconv.Itoa(s.Commands)))
	for _, t := range servers {
		s.run(t, id, script, c)
	}
	return answer{"CommandId": "c" + id[1:], "InvokeId": id}, nil
}

func shortSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:17]
}

// run performs the script on one server.
func (s *state) run(server *thing, id, script string, c call) {
	r := &run{
		ID: id, Region: server.Region, Server: server.ID, Name: c.text("Name"), Tags: c.tags(), At: c.now, EndsAt: c.now,
	}
	if server.Stopped {
		r.Undelivered = "InstanceNotRunning"
	} else {
		r.EndsAt = c.now.Add(c.commandTakes)
		r.Output, r.Exit = s.system(server).Run(script, surroundings{state: s, server: server, now: c.now})
	}
	if s.Runs == nil {
		s.Runs = map[string]*run{}
	}
	s.Runs[id+" "+server.ID] = r
}

// script reads the command, which may be encoded.
func (c call) script() (string, error) {
	text := c.text("CommandContent")
	if len(text) > mostContent {
		return "", refuse(http.StatusBadRequest, "CmdContent.ExceedLimit", "The length of the command content exceeds the upper limit.")
	}
	switch c.text("ContentEncoding") {
	case "Base64":
		plain, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return "", refuse(http.StatusBadRequest, "CmdContent.DecodeError", "The CommandContent can not be base64 decoded.")
		}
		return string(plain), nil
	case "", "PlainText":
		return text, nil
	}
	return "", invalid("The value of ContentEncoding is not valid.")
}

// status is the vendor's word for how far the run on this server is, and for that of the whole record.
func (r *run) status(now time.Time) (run, record string) {
	switch {
	case r.Undelivered != "":
		return "Aborted", "Failed"
	case now.Before(r.EndsAt):
		return "Running", "Running"
	case r.Exit != 0:
		return "Failed", "Failed"
	}
	return "Success", "Finished"
}

// asked reports whether the call asks for the run.
func (c call) asked(r *run) bool {
	_, record := r.status(c.now)
	for name, has := range map[string]string{"InvokeId": r.ID, "InstanceId": r.Server, "InvokeRecordStatus": record} {
		if want := c.text(name); want != "" && want != has {
			return false
		}
	}
	return r.Region == c.region() && (c.text("InvokeId") != "" || !c.hides(r.At)) && bears(r.Tags, c.tags())
}

func describeRuns(s *state, c call) (answer, error) {
	var found []*run
	for _, key := range slices.Sorted(maps.Keys(s.Runs)) {
		if c.asked(s.Runs[key]) {
			found = append(found, s.Runs[key])
		}
	}
	p, err := c.cut(len(found), page{defaultSize: 10, limit: 50})
	if err != nil {
		return nil, err
	}
	list := []answer{}
	for _, r := range found[p.from:p.to] {
		list = append(list, r.result(c))
	}
	return answer{"Invocation": answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of, "InvocationResults": answer{"InvocationResult": list},
	}}, nil
}

// result is how one run is told of. Its output is encoded unless it is asked for in plain text.
func (r *run) result(c call) answer {
	status, record := r.status(c.now)
	told := answer{
		"InvokeId": r.ID, "CommandId": "c" + r.ID[1:], "InstanceId": r.Server, "InvocationStatus": status, "InvokeRecordStatus": record,
		"StartTime": instant(r.At), "Username": "root", "Repeats": 1, "Dropped": 0,
		"ErrorCode": r.Undelivered, "Tags": answer{"Tag": pairs(r.Tags, "TagKey", "TagValue")},
	}
	if status == "Running" {
		return told
	}
	if status == "Failed" {
		told["ErrorCode"], told["ErrorInfo"] = "ExitCodeNonzero", "The exit code of the command is not 0."
	}
	told["ExitCode"], told["FinishedTime"] = r.Exit, instant(r.EndsAt)
	told["Output"] = r.Output
	if !strings.EqualFold(c.text("ContentEncoding"), "PlainText") {
		told["Output"] = base64.StdEncoding.EncodeToString([]byte(r.Output))
	}
	return told
}
