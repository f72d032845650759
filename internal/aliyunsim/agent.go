package aliyunsim

import (
	"strconv"

	"lvyue/internal/hosting"
)

// noAgentServer is the vendor's code for a server that its monitoring does not know.
const noAgentServer = "ResourceNotFound"

// installAgent installs the monitoring agent on every server that is named; it runs at once, as long as its server does.
func installAgent(s *state, c call) (answer, error) {
	var servers []*thing
	for n := 1; c.text("InstanceIds."+strconv.Itoa(n)) != ""; n++ {
		t, err := s.get(hosting.Server, c.region(), c.text("InstanceIds."+strconv.Itoa(n)), noAgentServer)
		if err != nil {
			return nil, err
		}
		servers = append(servers, t)
	}
	if len(servers) == 0 {
		return nil, missing("InstanceIds.1")
	}
	for _, t := range servers {
		t.Agent = true
	}
	return answer{"Code": "200", "Success": true, "Message": ""}, nil
}

// describeAgents tells of servers without an agent too; those that are not there are left out.
func describeAgents(s *state, c call) (answer, error) {
	list := []answer{}
	for _, t := range s.list(filter{kind: hosting.Server, ids: words(c.text("InstanceIds"))}, c.region()) {
		running := t.Agent && !t.Stopped
		list = append(list, answer{"InstanceId": t.ID, "AutoInstall": false, "Status": either(running, "running", either(t.Agent, "stopped", "not_installed"))})
	}
	return answer{"Code": "200", "Success": true, "Message": "", "NodeStatusList": answer{"NodeStatus": list}}, nil
}
