package aliyunsim

import (
	"net/http"
	"slices"
)

// classes are the database classes that the vendor sells here.
func classes() []string {
	return []string{
		"mysql.x4.medium.2c", "mysql.x4.large.2c", "mysql.x4.xlarge.2c", "mysql.x4.2xlarge.2c", "mysql.x4.4xlarge.2c", "mysql.x4.8xlarge.2c",
	}
}

// The storage that a database class may have and the size of a disk, in GB.
const (
	leastStorage, mostStorage, storageStep = 20, 32000, 5
	leastDisk, mostDisk                    = 20, 32768
)

// SetSoldOut says which instance types, disk categories and database classes are sold out in every zone, by their names. It
// takes the place of what was said before.
func (s *Server) SetSoldOut(names ...string) {
	s.contents.Lock()
	defer s.contents.Unlock()
	s.state.SoldOut = slices.Clone(names)
}

const soldOut = "OperationDenied.NoStock"

// sold refuses an order of what is sold out.
func (s *state) sold(names ...string) error {
	for _, name := range names {
		if slices.Contains(s.SoldOut, name) {
			return refuse(http.StatusForbidden, soldOut, "The requested resource %s is sold out in the specified zone.", name)
		}
	}
	return nil
}

// describeStock answers for one instance type, and for the disks that it may have.
func describeStock(s *state, c call) (answer, error) {
	if err := c.require("ZoneId", "InstanceType"); err != nil {
		return nil, err
	}
	var supported answer
	switch kind := c.text("DestinationResource"); kind {
	case "InstanceType":
		supported = s.offer(c.text("InstanceType"))
	case "SystemDisk", "DataDisk":
		if err := c.require(either(kind == "DataDisk", "DataDiskCategory", "SystemDiskCategory")); err != nil {
			return nil, err
		}
		supported = s.offer(c.text(kind + "Category"))
		supported["Min"], supported["Max"], supported["Unit"] = leastDisk, mostDisk, "GiB"
	default:
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "DestinationResource %s is not simulated.", kind)
	}
	zone := answer{
		"RegionId": c.region(), "ZoneId": c.text("ZoneId"), "Status": supported["Status"], "StatusCategory": supported["StatusCategory"],
		"AvailableResources": answer{"AvailableResource": []answer{{
			"Type": c.text("DestinationResource"), "SupportedResources": answer{"SupportedResource": []answer{supported}},
		}}},
	}
	return answer{"AvailableZones": answer{"AvailableZone": []answer{zone}}}, nil
}

// offer is whether something can be had, in the vendor's words.
func (s *state) offer(name string) answer {
	gone := s.sold(name) != nil
	return answer{
		"Value": name, "Status": either(gone, "SoldOut", "Available"), "StatusCategory": either(gone, "WithoutStock", "WithStock"),
	}
}

// describeClasses leaves out what is sold out, as the vendor does.
func describeClasses(s *state, c call) (answer, error) {
	if engine := c.text("Engine") + " " + c.text("EngineVersion"); engine != "MySQL 8.0" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "Engine %s is not simulated.", engine)
	}
	list := []answer{}
	for _, class := range classes() {
		if s.sold(class) == nil {
			list = append(list, answer{
				"DBInstanceClass": class, "StorageRange": "20-32000",
				"DBInstanceStorageRange": answer{"MinValue": leastStorage, "MaxValue": mostStorage, "Step": storageStep},
			})
		}
	}
	return answer{"DBInstanceClasses": list}, nil
}
