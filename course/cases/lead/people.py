"""The people of the case (invented), and the cities they work in.

Customers, vendors, brokers and colleagues have surnames of their own, so that "Mr Chen" means one
person in every group.
"""

from dataclasses import dataclass

from course.cases.people import Person, read_names

__all__ = [
    "BROKERS",
    "CITIES",
    "COLLEAGUES",
    "CUSTOMER_SURNAMES",
    "GIVEN_NAMES",
    "KNOWN",
    "VENDOR_SURNAMES",
    "Broker",
]


@dataclass(frozen=True)
class Broker:
    """One of the six brokers; ``before`` and ``after`` are styles, changed on 1 April 2026."""

    first: str
    surname: str
    zh: str
    before: str
    after: str

    @property
    def name(self) -> str:
        """The name as the chat shows it, such as ``Zoe Qiao 乔``."""
        return f"{self.first} {self.surname} {self.zh}"


BROKERS = (
    Broker("Zoe", "Qiao", "乔", "silent", "rule"),
    Broker("Victor", "Meng", "孟", "attending", "attending"),
    Broker("Lily", "Tang", "唐", "begging", "begging"),
    Broker("Frank", "Hou", "侯", "silent", "silent"),
    Broker("Cathy", "Lei", "雷", "rule", "rule"),
    Broker("Ian", "Pan", "潘", "begging", "rule"),
)

CUSTOMER_SURNAMES = read_names(
    "Chen 陈,Wang 王,Zhou 周,Liu 刘,Huang 黄,Xu 徐,Sun 孙,Ma 马,Zhu 朱,Hu 胡,Guo 郭,He 何,Gao 高,"
    "Zheng 郑,Xie 谢,Han 韩,Feng 冯,Yu 于,Dong 董,Cheng 程,Cao 曹,Yuan 袁,Deng 邓,Fu 傅"
)
VENDOR_SURNAMES = read_names(
    "Luo 罗,Lin 林,Zhao 赵,Wu 吴,Yang 杨,Liang 梁,Song 宋,Shen 沈,Peng 彭,Lü 吕,Su 苏,Lu 卢,"
    "Jiang 蒋,Cai 蔡,Jia 贾,Wei 魏,Xue 薛,Ye 叶,Yan 阎,Du 杜,Dai 戴,Xia 夏,Zhong 钟,Tian 田"
)
COLLEAGUES = ("Bai", "Ding", "Fang", "Gu", "Kang", "Long", "Mao", "Niu", "Qin", "Shi", "Wan", "Yao")

GIVEN_NAMES = {
    "Mr": read_names(
        "Guodong 国栋,Wei 伟,Jianming 建明,Zhiyuan 志远,Haifeng 海峰,Wenbin 文斌,Yong 勇,"
        "Xiaodong 晓东,Minghui 明辉,Lei 磊,Zhenhua 振华,Dapeng 大鹏,Shaohua 少华,Junjie 俊杰"
    ),
    "Ms": read_names(
        "Min 敏,Xiaoyan 晓燕,Lihua 丽华,Jing 静,Yaqin 雅琴,Hongmei 红梅,Shuting 淑婷,Na 娜,"
        "Peiyu 佩瑜,Wenjuan 文娟,Rong 蓉,Xinyi 欣怡,Guilan 桂兰,Lan 岚"
    ),
}

KNOWN = {
    "Hengyuan": Person("Chen", "Guodong", "陈国栋", "Mr"),
    "Lanting": Person("Luo", "Min", "罗敏", "Ms"),
}
"""Contacts the lesson names; every other firm's contact is drawn."""

CITIES = {
    "Beijing": (39.9, 116.4),
    "Changsha": (28.2, 112.9),
    "Chengdu": (30.7, 104.1),
    "Chongqing": (29.6, 106.5),
    "Dalian": (38.9, 121.6),
    "Dongguan": (23.0, 113.7),
    "Foshan": (23.0, 113.1),
    "Fuzhou": (26.1, 119.3),
    "Guangzhou": (23.1, 113.3),
    "Hangzhou": (30.3, 120.2),
    "Harbin": (45.8, 126.5),
    "Hefei": (31.8, 117.2),
    "Jinan": (36.7, 117.0),
    "Kunming": (25.0, 102.7),
    "Nanchang": (28.7, 115.9),
    "Nanjing": (32.1, 118.8),
    "Ningbo": (29.9, 121.6),
    "Qingdao": (36.1, 120.4),
    "Shanghai": (31.2, 121.5),
    "Shenyang": (41.8, 123.4),
    "Shenzhen": (22.5, 114.1),
    "Suzhou": (31.3, 120.6),
    "Tianjin": (39.1, 117.2),
    "Wenzhou": (28.0, 120.7),
    "Wuhan": (30.6, 114.3),
    "Wuxi": (31.6, 120.3),
    "Xi'an": (34.3, 108.9),
    "Xiamen": (24.5, 118.1),
    "Zhengzhou": (34.7, 113.6),
}
"""Latitude and longitude in degrees, to a tenth."""
