"""Words for values of indicators that are text."""

from core.demo.profile import Segment
from core.domain.customer import LifeStage, Value

VALUE_NAMES = {Value.HIGH: "高价值", Value.MID: "中价值", Value.LOW: "低价值"}
STAGE_NAMES = {
    LifeStage.ENTRY: "初入网",
    LifeStage.GROWTH: "成长期",
    LifeStage.STABLE: "稳定期",
    LifeStage.DECLINE: "衰退期",
}
SEGMENT_NAMES = {
    Segment.STUDENT: "学生",
    Segment.WORKER: "职场",
    Segment.FAMILY: "家庭",
    Segment.SENIOR: "银发",
    Segment.BUSINESS: "商务",
    Segment.MIGRANT: "务工",
}
OCCUPATIONS = {
    Segment.STUDENT: ("在校学生",),
    Segment.WORKER: ("公司职员", "教师", "护士", "技术人员", "销售"),
    Segment.FAMILY: ("公司职员", "个体经营", "教师", "公务人员"),
    Segment.SENIOR: ("退休",),
    Segment.BUSINESS: ("企业主", "经理", "律师", "医生"),
    Segment.MIGRANT: ("建筑工人", "快递员", "餐饮服务", "工厂工人"),
}
DAYPARTS = {12: "上午", 14: "中午", 17: "下午", 24: "晚间"}
"""name of the part of the day that ends before that hour"""
