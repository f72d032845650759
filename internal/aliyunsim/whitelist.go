package aliyunsim

import (
	"net/http"
	"net/netip"
	"slices"
)

// setWhitelist covers the one list that there is here.
func setWhitelist(s *state, c call) (answer, error) {
	_, in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	if mode, name := c.text("ModifyMode"), c.text("DBInstanceIPArrayName"); mode != "" && mode != "Cover" || name != "" && name != "default" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "Only the default list is simulated, and to cover it.")
	}
	if _, ok := blocks(c.text("SecurityIps")); !ok {
		return nil, refuse(http.StatusBadRequest, "InvalidSecurityIPs.Format", "Specified security ips are not valid.")
	}
	in.Whitelist = c.text("SecurityIps")
	return answer{"TaskId": 0}, nil
}

// blocks reads a whitelist: blocks of addresses and single ones.
func blocks(list string) ([]netip.Prefix, bool) {
	var all []netip.Prefix
	for _, word := range words(list) {
		block, err := netip.ParsePrefix(word)
		if err != nil {
			address, err := netip.ParseAddr(word)
			if err != nil {
				return nil, false
			}
			block = netip.PrefixFrom(address, address.BitLen())
		}
		all = append(all, block)
	}
	return all, len(all) > 0
}

// lets reports whether the whitelist lets the address in.
func (in *inner) lets(address string) bool {
	from, err := netip.ParseAddr(address)
	all, _ := blocks(in.Whitelist)
	return err == nil && slices.ContainsFunc(all, func(block netip.Prefix) bool { return block.Contains(from) })
}

func describeWhitelist(s *state, c call) (answer, error) {
	_, in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	return answer{"Items": answer{"DBInstanceIPArray": []answer{{
		"DBInstanceIPArrayName": "default", "DBInstanceIPArrayAttribute": "", "SecurityIPType": "IPv4", "SecurityIPList": in.Whitelist,
	}}}}, nil
}

// databasePort is where databases listen.
const databasePort = "3306"

// host is the name of a database inside its network.
func (t *thing) host() string { return t.ID + ".mysql.rds.aliyuncs.com" }

func describeNet(s *state, c call) (answer, error) {
	t, _, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	return answer{"InstanceNetworkType": "VPC", "SecurityIPMode": "normal", "DBInstanceNetInfos": answer{"DBInstanceNetInfo": []answer{{
		"ConnectionString": t.host(), "Port": databasePort, "IPType": "Private", "ConnectionStringType": "Normal",
		"VPCId": t.VPC, "VSwitchId": t.VSwitch,
	}}}}, nil
}
