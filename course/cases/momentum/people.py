"""The people of the case (invented): those who sell, and the names of those who would buy.

Sellers and customers have surnames of their own, so that a name tells the side.
"""

from dataclasses import dataclass

from course.cases.people import read_names

__all__ = ["GIVEN_NAMES", "PRESALES", "SELLERS", "SURNAMES", "Seller"]


@dataclass(frozen=True)
class Seller:
    """An account manager; ``page_from`` is the first quarter in which they work by the page.

    ``habit`` is what they do otherwise: the shares of waiting, presenting again and sending
    materials, which sum to one.
    """

    first: str
    surname: str
    zh: str
    page_from: str
    habit: tuple[float, float, float]

    @property
    def name(self) -> str:
        """The name as it is written in the tables, such as ``Nora Zhuang 庄``."""
        return f"{self.first} {self.surname} {self.zh}"


SELLERS = (
    Seller("Nora", "Zhuang", "庄", "2025Q1", (0.4, 0.1, 0.5)),
    Seller("Leo", "Tan", "谭", "2025Q3", (0.6, 0.2, 0.2)),
    Seller("Grace", "Shao", "邵", "2025Q3", (0.6, 0.2, 0.2)),
    Seller("Oscar", "Fei", "费", "2025Q4", (0.35, 0.55, 0.1)),
    Seller("Wendy", "Jin", "金", "2025Q4", (0.6, 0.1, 0.3)),
    Seller("Kevin", "Ruan", "阮", "never", (0.7, 0.2, 0.1)),
)
PRESALES = ("Xiao Bian", "Lao Chai", "Xiao Mu")
"""Engineers who come along."""


SURNAMES = read_names(
    "Chen 陈,Wang 王,Zhou 周,Liu 刘,Huang 黄,Xu 徐,Sun 孙,Ma 马,Zhu 朱,Hu 胡,Guo 郭,He 何,Gao 高,"
    "Zheng 郑,Xie 谢,Han 韩,Feng 冯,Yu 于,Dong 董,Cheng 程,Cao 曹,Yuan 袁,Deng 邓,Fu 傅,Luo 罗,"
    "Lin 林,Zhao 赵,Wu 吴,Yang 杨,Liang 梁,Song 宋,Shen 沈,Peng 彭,Su 苏,Lu 卢,Jiang 蒋,Cai 蔡,"
    "Jia 贾,Wei 魏,Xue 薛,Ye 叶,Yan 阎,Du 杜,Dai 戴,Xia 夏,Zhong 钟,Tian 田,Gu 顾,Qian 钱,Kong 孔,"
    "Bai 白,Ding 丁,Fang 方,Kang 康,Mao 毛,Qin 秦,Shi 石,Wan 万,Yao 姚,Ke 柯"
)

GIVEN_NAMES = {
    "Mr": read_names(
        "Guodong 国栋,Wei 伟,Jianming 建明,Zhiyuan 志远,Haifeng 海峰,Wenbin 文斌,Yong 勇,"
        "Xiaodong 晓东,Minghui 明辉,Lei 磊,Zhenhua 振华,Dapeng 大鹏,Shaohua 少华,Junjie 俊杰,"
        "Weimin 为民,Qiang 强,Chunlin 春林,Guangyi 光毅,Tao 涛,Xinmin 新民,Bo 波,Changhe 长河"
    ),
    "Ms": read_names(
        "Min 敏,Xiaoyan 晓燕,Lihua 丽华,Jing 静,Yaqin 雅琴,Hongmei 红梅,Shuting 淑婷,Na 娜,"
        "Peiyu 佩瑜,Wenjuan 文娟,Rong 蓉,Xinyi 欣怡,Guilan 桂兰,Lan 岚,Qiuyue 秋月,Yufen 玉芬,"
        "Ping 萍,Meiling 美玲,Suzhen 素珍,Yan 艳,Aihua 爱华,Zhilan 芷兰"
    ),
}
