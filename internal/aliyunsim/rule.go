package aliyunsim

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"lvyue/internal/hosting"
)

// opening is one rule of a security group, in the vendor's words: what may come in, from where. A fresh group has none.
type opening struct {
	// Protocol is "tcp", "udp", "icmp" or "all".
	Protocol string `json:"protocol"`
	// Ports are the first and the last, "80/80"; "-1/-1" is all.
	Ports string `json:"ports"`
	// From is a block of addresses, "0.0.0.0/0" for everybody.
	From string `json:"from"`
}

// authorizeGroup adds rules. Like the vendor, it says nothing about one that is there.
func authorizeGroup(s *state, c call) (answer, error) {
	t, err := s.get(hosting.SecurityGroup, c.region(), c.text("SecurityGroupId"), noGroup)
	if err != nil {
		return nil, err
	}
	var added []opening
	for n := 1; c.gives("Permissions." + strconv.Itoa(n) + "."); n++ {
		rule, err := c.opening("Permissions." + strconv.Itoa(n))
		if err != nil {
			return nil, err
		}
		added = append(added, rule)
	}
	if len(added) == 0 {
		return nil, missing("Permissions.1.PortRange")
	}
	for _, rule := range added {
		if !slices.Contains(t.Openings, rule) {
			t.Openings = append(t.Openings, rule)
		}
	}
	return answer{}, nil
}

// opening reads one group of parameters. Only rules that let somebody in are simulated.
func (c call) opening(group string) (opening, error) {
	if policy := strings.ToLower(c.text(group + ".Policy")); policy != "" && policy != "accept" {
		return opening{}, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "Policy %s is not simulated.", policy)
	}
	rule := opening{
		Protocol: strings.ToLower(c.text(group + ".IpProtocol")), Ports: c.text(group + ".PortRange"), From: c.text(group + ".SourceCidrIp"),
	}
	if !slices.Contains([]string{"tcp", "udp", "icmp", "all"}, rule.Protocol) {
		return opening{}, refuse(http.StatusBadRequest, "InvalidIpProtocol.ValueNotSupported", "The specified IpProtocol is not supported.")
	}
	if _, _, ok := rule.ports(); !ok {
		return opening{}, refuse(http.StatusBadRequest, "InvalidPortRange.Malformed", "The specified PortRange is not valid.")
	}
	if _, err := netip.ParsePrefix(rule.From); err != nil {
		return opening{}, refuse(http.StatusBadRequest, "InvalidSourceCidrIp.Malformed", "The specified SourceCidrIp is not valid.")
	}
	return rule, nil
}

// ports reads the range; false for what is none.
func (o opening) ports() (first, last int, ok bool) {
	if o.Ports == "-1/-1" {
		return 0, 65535, true
	}
	from, to, _ := strings.Cut(o.Ports, "/")
	first, err := strconv.Atoi(from)
	last, also := strconv.Atoi(to)
	return first, last, err == nil && also == nil && first >= 1 && first <= last && last <= 65535
}

// admits reports whether everybody may reach the TCP port. Nobody knows here where a client stands.
func (t *thing) admits(port int) bool {
	return slices.ContainsFunc(t.Openings, func(o opening) bool {
		first, last, _ := o.ports()
		return o.From == "0.0.0.0/0" && (o.Protocol == "tcp" || o.Protocol == "all") && first <= port && port <= last
	})
}

// describeGroup gives the rules of one group; none let anybody out, since all may go out.
func describeGroup(s *state, c call) (answer, error) {
	t, err := s.get(hosting.SecurityGroup, c.region(), c.text("SecurityGroupId"), noGroup)
	if err != nil {
		return nil, err
	}
	rules := []answer{}
	for _, o := range t.Openings {
		if c.text("Direction") != "egress" {
			rules = append(rules, answer{
				"IpProtocol": strings.ToUpper(o.Protocol), "PortRange": o.Ports, "SourceCidrIp": o.From, "Policy": "Accept",
				"Direction": "ingress", "Priority": "1", "NicType": "intranet",
			})
		}
	}
	return answer{
		"SecurityGroupId": t.ID, "SecurityGroupName": t.Name, "RegionId": t.Region, "VpcId": t.VPC, "InnerAccessPolicy": "Accept",
		"Permissions": answer{"Permission": rules},
	}, nil
}
