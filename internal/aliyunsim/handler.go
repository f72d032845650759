package aliyunsim

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// operation answers one action; it changes the state only when it refuses nothing.
type operation func(*state, call) (answer, error)

// operations are what the simulator can do, by product and action. Each has a line in parameters.txt.
func operations() map[string]operation {
	return map[string]operation{
		"vpc CreateVpc":               createVPC,
		"vpc DescribeVpcs":            describeVPCs,
		"vpc DeleteVpc":               deleteVPC,
		"vpc CreateVSwitch":           createVSwitch,
		"vpc DescribeVSwitches":       describeVSwitches,
		"vpc DeleteVSwitch":           deleteVSwitch,
		"ecs CreateSecurityGroup":     createGroup,
		"ecs DescribeSecurityGroups":  describeGroups,
		"ecs DeleteSecurityGroup":     deleteGroup,
		"ecs RunInstances":            runInstances,
		"ecs DescribeInstances":       describeInstances,
		"ecs DeleteInstance":          deleteInstance,
		"rds CreateDBInstance":        createDatabase,
		"rds DescribeDBInstances":     describeDatabases,
		"rds ModifyBackupPolicy":      setBackupPolicy,
		"rds DeleteDBInstance":        deleteDatabase,
		"rds DescribeDetachedBackups": describeDetachedBackups,
	}
}

// product tells the vendor's products apart by their API version: all share one address here.
func product(version string) string {
	switch version {
	case "2014-05-26":
		return "ecs"
	case "2016-04-28":
		return "vpc"
	case "2014-08-15":
		return "rds"
	default:
		return "unknown"
	}
}

// handler answers in JSON, one request at a time.
func (s *Server) handler() http.Handler {
	table, known := readTable(parametersText), operations()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := s.answer(r, table, known)
		status := http.StatusOK
		if err != nil {
			status, body = failure(err)
		}
		body["RequestId"] = requestID(r.Form.Get("SignatureNonce"))
		w.Header().Set("Content-Type", "application/json;charset=utf-8")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body) // a client that has gone away needs no answer
	})
}

// answer admits, checks and performs one request.
func (s *Server) answer(r *http.Request, table table, known map[string]operation) (answer, error) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return nil, refuse(http.StatusMethodNotAllowed, "UnsupportedHTTPMethod", "This http method is not supported.")
	}
	if err := r.ParseForm(); err != nil {
		return nil, invalid("The request cannot be read.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.gate.admit(r.Method, r.Form); err != nil {
		return nil, err
	}
	name := product(r.Form.Get("Version")) + " " + r.Form.Get("Action")
	do, ok := known[name]
	if !ok {
		return nil, refuse(http.StatusNotFound, "InvalidAction.NotFound", "Specified api is not found: %s.", name)
	}
	if err := table.check(name, r.Form); err != nil {
		return nil, err
	}
	return s.perform(name, do, r.Form)
}

// perform does the operation, or repeats the answer of the same order; the state is on disk before the answer
// is given.
func (s *Server) perform(name string, do operation, params url.Values) (answer, error) {
	c := call{params: params, now: s.options.Clock(), delay: s.options.DeployTakes, early: s.options.ReleasesEarly}
	token := c.text("ClientToken")
	switch {
	case strings.Contains(name, " Describe"):
		return do(&s.state, c)
	case token == "":
		body, err := do(&s.state, c)
		return body, errors.Join(err, s.state.save(s.options.StateFile))
	}
	if len(token) > 64 {
		return nil, invalid("The ClientToken must be at most 64 characters long.")
	}
	key := name + " " + token
	if given, ok := s.state.Orders[key]; ok {
		return given.repeat(c)
	}
	body, err := do(&s.state, c)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("keep the answer of %s: %w", name, err)
	}
	s.state.Orders[key] = order{Params: c.order(), Answer: text}
	return body, s.state.save(s.options.StateFile)
}

// repeat gives the first answer again, provided that the same thing is ordered.
func (o order) repeat(c call) (answer, error) {
	if o.Params != c.order() {
		return nil, refuse(http.StatusBadRequest, "IdempotentParameterMismatch",
			"The request uses the same client token as a previous, but non-identical request.")
	}
	var body answer
	if err := json.Unmarshal(o.Answer, &body); err != nil {
		return nil, fmt.Errorf("repeat an answer: %w", err)
	}
	return body, nil
}

// failure is the vendor's error body; whatever is not a fault is the simulator's own trouble.
func failure(err error) (int, answer) {
	f := &fault{status: http.StatusInternalServerError, code: "InternalError", message: err.Error()}
	_ = errors.As(err, &f)
	return f.status, answer{"HostId": "aliyunsim", "Code": f.code, "Message": f.message}
}

// requestID has the vendor's form and follows from the nonce, so that nothing here is random.
func requestID(nonce string) string {
	sum := sha256.Sum256([]byte(nonce))
	return fmt.Sprintf("%X-%X-%X-%X-%X", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
