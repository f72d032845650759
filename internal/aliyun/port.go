package aliyun

import (
	"context"
	"slices"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

// ports are those by which everybody may reach a system, as the vendor writes ranges; no other is open.
func ports() []string { return []string{"80/80", "443/443"} }

// anybody is where users come from.
const anybody = "0.0.0.0/0"

// openPorts adds the rules that a security group lacks. It bears no token: a rule that somebody took away must be added
// again, and the vendor says nothing about one that is there.
func (s site) openPorts(ctx context.Context, group string) error {
	look, answer := ecs.CreateDescribeSecurityGroupAttributeRequest(), ecs.CreateDescribeSecurityGroupAttributeResponse()
	look.SecurityGroupId, look.Direction = group, "ingress"
	if err := s.do(ctx, s.region, look, answer); err != nil {
		return err
	}
	var lacking []ecs.AuthorizeSecurityGroupPermissions
	for _, ports := range ports() {
		if !slices.ContainsFunc(answer.Permissions.Permission, func(p ecs.Permission) bool { return opens(p, ports) }) {
			lacking = append(lacking, ecs.AuthorizeSecurityGroupPermissions{
				IpProtocol: "tcp", PortRange: ports, SourceCidrIp: anybody, Policy: "accept", Priority: "1",
			})
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	request := ecs.CreateAuthorizeSecurityGroupRequest()
	request.SecurityGroupId, request.Permissions = group, &lacking
	return s.do(ctx, s.region, request, ecs.CreateAuthorizeSecurityGroupResponse())
}

func opens(p ecs.Permission, ports string) bool {
	return strings.EqualFold(p.IpProtocol, "tcp") && p.PortRange == ports && p.SourceCidrIp == anybody && strings.EqualFold(p.Policy, "accept")
}
