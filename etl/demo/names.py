"""Street names of Mỹ Tho, and synthetic people.

The streets are real names put in invented places; when a large city uses them up, streets get numbers.
"""

from __future__ import annotations

from itertools import product

MARK = " (minh hoạ)"
"""Every synthetic name of a person, plan or decision ends with this."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(","))


SIDE_STREETS = _listed("""
    Thủ Khoa Huân, Nguyễn Huệ, Trương Định, Lãnh Binh Cẩn, Cô Giang, Đốc Binh Kiều, Trịnh Hoài Đức,
    Tết Mậu Thân, 30 Tháng 4, Huyện Thoại, Đống Đa, Giồng Dứa, Trưng Nữ Vương, Nguyễn Bỉnh Khiêm, Lê
    Văn Duyệt, Ngô Quyền, Thiên Hộ Dương, Phan Bội Châu, Trương Vĩnh Ký, Nguyễn Đình Chiểu, Nguyễn
    Trung Trực, Hoàng Hoa Thám, Đoàn Giỏi, Nguyễn Sáng, Trừ Văn Thố, Phan Văn Trị, Lê Văn Nghề, Nguyễn
    Công Bình, Diệp Minh Tuyền, Phạm Thanh, Lê Ngọc Hân, Võ Trường Toản, Châu Văn Tiếp, Âu Dương Lân,
    Nguyễn Hữu Huân, Phạm Ngũ Lão, Lê Thánh Tôn, Lý Công Uẩn, Nguyễn Thái Học, Phan Đình Phùng, Tống
    Duy Tân, Cao Thắng, Bùi Thị Xuân, Hồ Xuân Hương, Đặng Dung, Trần Quý Cáp, Nguyễn Cư Trinh, Mạc
    Cửu, Phan Văn Khỏe, Nguyễn Thị Bảy, Lê Thị Riêng, Võ Thị Sáu, Trần Văn Trà, Nguyễn Văn Nguyễn,
    Trần Văn Ưng, Đặng Văn Quế, Nguyễn Thị Mười, Phạm Hồng Thái, Lương Văn Can, Nguyễn Khuyến, Tú
    Xương, Bạch Đằng, Chi Lăng, Hàm Nghi, Duy Tân, Phan Chu Trinh, Tân Đà, Ngô Gia Tự, Nguyễn Hữu
    Cảnh, Trần Nhật Duật, Yết Kiêu, Dã Tượng, Phạm Hồng Đức, Lê Hồng Phong, Nguyễn Thượng Hiền, Trần
    Cao Vân, Thích Quảng Đức, Nguyễn Phi Khanh, Phùng Khắc Khoan, Ký Con, Nguyễn Thiện Thuật, Tô Hiến
    Thành, Lê Quý Đôn, Đào Duy Từ, Nguyễn Gia Thiều, Đoàn Trần Nghiệp, Lê Thị Trung, Nguyễn Thị Định,
    Mai Xuân Thưởng, Phó Cơ Điều, Trần Bình Trọng, Trần Khánh Dư, Nguyễn Biểu, Tản Viên, Nguyễn Văn
    Cừ, Hà Huy Tập, Nguyễn Đức Cảnh, Phạm Văn Xảo, Trần Nguyên Đán, Ngô Sĩ Liên, Lê Lai, Đinh Liệt,
    Nguyễn Xí, Lý Tự Trọng, Kim Đồng, Nguyễn Viết Xuân, Tô Vĩnh Diện, Cù Chính Lan, Phan Đình Giót, Bế
    Văn Đàn, Nguyễn Văn Trỗi, Trần Phú, Phan Huy Chú, Phan Huy Ích, Bùi Hữu Nghĩa, Huỳnh Tịnh Của,
    Sương Nguyệt Anh, Tạ Thu Thâu, Nguyễn An Khương, Lưu Văn Lang
""")

AVENUES = _listed("""
    Võ Nguyên Giáp, Lê Duẩn, Trường Chinh, Phạm Hùng, Nguyễn Chí Thanh, Nguyễn Văn Linh, Tôn Đức
    Thắng, Cách Mạng Tháng Tám, Điện Biên Phủ, Hai Bà Trưng, Nguyễn Hữu Thọ, Võ Văn Tần, Võ Văn Kiệt,
    Phạm Văn Đồng, Lê Trọng Tấn, Nguyễn Thị Minh Khai, Trần Văn Giàu, Huỳnh Tấn Phát, Nguyễn Lương
    Bằng, Hoàng Quốc Việt, Phan Đăng Lưu, Xô Viết Nghệ Tĩnh, Hoàng Văn Thụ, Lê Quang Định
""")

# Frequent surnames stand more than once.
_SURNAMES = _listed("""
    Nguyễn, Nguyễn, Nguyễn, Trần, Trần, Lê, Lê, Phạm, Huỳnh, Huỳnh, Phan, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô,
    Dương, Lý, Trương, Đoàn, Lâm, Mai, Cao, Châu
""")
_MEN = (
    _listed("Văn, Hữu, Minh, Thanh, Quốc, Hoàng"),
    _listed("An, Bình, Dũng, Hải, Hùng, Khang, Lộc, Nam, Nghĩa, Phúc, Quân, Sơn, Tâm, Thành, Tú, Vinh"),
)
_WOMEN = (
    _listed("Thị, Thị Kim, Ngọc, Thị Mỹ, Thị Thu"),
    _listed("Anh, Châu, Dung, Hà, Hạnh, Hoa, Hương, Lan, Liên, Mai, Nga, Nhung, Phượng, Thảo, Trang, Tuyết"),
)

PEOPLE: tuple[str, ...] = tuple(
    f"{surname} {middle} {given}{MARK}"
    for middles, givens in (_MEN, _WOMEN)
    for surname, middle, given in product(_SURNAMES, middles, givens)
)
"""Synthetic holders and reporters; any likeness to a person is chance."""
