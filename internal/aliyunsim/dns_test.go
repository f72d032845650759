package aliyunsim

import (
	"slices"
	"testing"
)

func TestDNS_LeadsNamesToAddresses(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	id := c.want("", "AddDomainRecord", "DomainName=example.com&RR=oa&Type=A&Value=192.0.2.1").id(t, "RecordId")
	for _, step := range []struct{ action, params, code string }{
		{"AddDomainRecord", "DomainName=example.com&RR=oa&Type=A&Value=192.0.2.1", "DomainRecordDuplicate"},
		{"AddDomainRecord", "DomainName=example.com&RR=oa&Type=CNAME&Value=a.example.com", "DomainRecordConflict"},
		{"AddDomainRecord", "DomainName=example.com&RR=oa&Type=A&Value=192.0.2.300", "DnsRecordInvalid"},
		{"AddDomainRecord", "DomainName=example.com&RR=oa&Type=MX&Value=mail", "InvalidParameter.NotSimulated"},
		{"AddDomainRecord", "DomainName=example.com&RR=boat&Type=A&Value=192.0.2.11", ""},
		{"AddDomainRecord", "DomainName=example.com&RR=@&Type=CNAME&Value=boat.example.com", ""},
		{"UpdateDomainRecord", "RecordId=" + id + "&RR=oa&Type=A&Value=192.0.2.1", "DomainRecordDuplicate"},
		{"UpdateDomainRecord", "RecordId=" + id + "&RR=boat&Type=A&Value=192.0.2.11", "DomainRecordDuplicate"},
		{"UpdateDomainRecord", "RecordId=" + id + "&RR=oa&Type=A&Value=192.0.2.2", ""},
		{"UpdateDomainRecord", "RecordId=none&RR=oa&Type=A&Value=192.0.2.2", noRecord},
		{"DeleteDomainRecord", "RecordId=none", noRecord},
	} {
		c.want(step.code, step.action, step.params)
	}
	for name, want := range map[string][]string{
		"oa.example.com": {"192.0.2.2"}, "Example.com": {"192.0.2.11"}, "192.0.2.9": {"192.0.2.9"}, "no.example.com": nil,
	} {
		if got := c.s.state.resolve(name); !slices.Equal(got, want) {
			t.Errorf("%s leads to %v, want %v", name, got, want)
		}
	}
	c.want("", "DescribeDomainRecords", "DomainName=example.com&RRKeyWord=oa").is(t, map[string]any{"TotalCount": 2}) // boat too
	c.want("", "DescribeDomainRecords", "DomainName=example.com&ValueKeyWord=192.0.2.2").is(t, map[string]any{"TotalCount": 1, "DomainRecords.Record.0.RecordId": id})
	c.want("", "DescribeDomainRecords", "DomainName=example.org").is(t, map[string]any{"TotalCount": 0})
	c.want("", "DeleteDomainRecord", "RecordId="+id)
	if c.s.Left() != 2 {
		t.Errorf("%d are left", c.s.Left())
	}
}

func TestRules_AreAddedOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	vpc := c.want("", "CreateVpc", "").id(t, "VpcId")
	group := "SecurityGroupId=" + c.want("", "CreateSecurityGroup", "VpcId="+vpc).id(t, "SecurityGroupId")
	const rule = "&Permissions.1.IpProtocol=TCP&Permissions.1.PortRange=80/80&Permissions.1.SourceCidrIp=0.0.0.0/0"
	for range 2 {
		c.want("", "AuthorizeSecurityGroup", group+rule)
	}
	c.want("", "DescribeSecurityGroupAttribute", group).is(t, map[string]any{
		"Permissions.Permission.0.PortRange": "80/80", "Permissions.Permission.0.IpProtocol": "TCP", "Permissions.Permission.1": nil,
	})
	c.want("", "DescribeSecurityGroupAttribute", group+"&Direction=egress").is(t, map[string]any{"Permissions.Permission": []any{}})
	for params, code := range map[string]string{
		"": "MissingParameter",
		"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=80&Permissions.1.SourceCidrIp=0.0.0.0/0":                                 "InvalidPortRange.Malformed",
		"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=81/80&Permissions.1.SourceCidrIp=0.0.0.0/0":                              "InvalidPortRange.Malformed",
		"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=80/65536&Permissions.1.SourceCidrIp=0.0.0.0/0":                           "InvalidPortRange.Malformed",
		"&Permissions.1.IpProtocol=ip&Permissions.1.PortRange=80/80&Permissions.1.SourceCidrIp=0.0.0.0/0":                               "InvalidIpProtocol.ValueNotSupported",
		"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=80/80&Permissions.1.SourceCidrIp=all":                                    "InvalidSourceCidrIp.Malformed",
		"&Permissions.1.Policy=drop&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=80/80&Permissions.1.SourceCidrIp=0.0.0.0/0":    "InvalidParameter.NotSimulated",
		"&Permissions.1.Policy=accept&Permissions.1.IpProtocol=all&Permissions.1.PortRange=-1/-1&Permissions.1.SourceCidrIp=10.0.0.0/8": "",
	} {
		c.want(code, "AuthorizeSecurityGroup", group+params)
	}
}

func TestTags_ArePutAndListedByProduct(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "Tag.1.Key=a&Tag.1.Value=b")
	vpc := c.want("", "DescribeVpcs", "").id(t, "Vpcs.Vpc.0.VpcId")
	c.want("", "ecs TagResources", "ResourceType=instance&ResourceId.1="+server+"&Tag.1.Key=a&Tag.1.Value=c&Tag.2.Key=d&Tag.2.Value=e")
	c.want("", "ecs ListTagResources", "ResourceType=instance&ResourceId.1="+server).is(t, map[string]any{
		"TagResources.TagResource.0.TagValue": "c", "TagResources.TagResource.1.TagValue": "e", "TagResources.TagResource.2": nil,
	})
	c.want("", "ecs ListTagResources", "ResourceType=disk&Tag.1.Key=a&Tag.1.Value=b").is(t, map[string]any{"TagResources.TagResource.1.TagKey": "a"}) // the disks keep theirs
	c.want("", "vpc TagResources", "ResourceType=VPC&ResourceId.1="+vpc+"&Tag.1.Key=a&Tag.1.Value=b")
	c.want("", "DescribeVpcs", "Tag.1.Key=a&Tag.1.Value=b").is(t, map[string]any{"TotalCount": 1})
	for params, code := range map[string]string{
		"ResourceType=VPC&ResourceId.1=" + server + "&Tag.1.Key=a&Tag.1.Value=b": "InvalidResourceId.NotFound",
		"ResourceType=instance&ResourceId.1=" + vpc + "&Tag.1.Key=a":             "InvalidResourceType.NotFound",
		"ResourceType=VPC&ResourceId.1=" + vpc:                                   "MissingParameter",
	} {
		c.want(code, "vpc TagResources", params)
	}
	c.want("MissingParameter", "vpc ListTagResources", "ResourceType=VPC")
	c.want("InvalidResourceType.NotFound", "vpc ListTagResources", "ResourceType=disk&ResourceId.1=a")
	c.want("MissingParameter", "InstallMonitoringAgent", "")
	c.want(noAgentServer, "InstallMonitoringAgent", "InstanceIds.1=i-none")
	c.want("", "DescribeMonitoringAgentStatuses", "InstanceIds="+server).is(t, map[string]any{"NodeStatusList.NodeStatus.0.Status": "not_installed"})
}
