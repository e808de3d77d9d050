"""Why an export failed, in words for people."""

from gis_platform.layer.text import Text

REASONS = {
    "not_allowed": Text(
        "Tài khoản không còn vai trò đã dùng khi yêu cầu. Hãy đăng nhập và yêu cầu lại.",
        "The account no longer has the role it asked with. Sign in and ask again.",
    ),
    "no_room": Text(
        "Máy chủ không còn đủ chỗ cho tệp. Hãy báo người quản trị, hoặc thu hẹp yêu cầu.",
        "The server has no room for the file. Tell the administrator, or ask for less.",
    ),
    "too_slow": Text(
        "Điều kiện lọc mất quá nhiều thời gian. Hãy chọn vùng nhỏ hơn hoặc điều kiện đơn giản hơn.",
        "The filter took too long. Choose a smaller area or a simpler condition.",
    ),
    "not_understood": Text(
        "Yêu cầu không còn hiểu được, vì lớp dữ liệu đã thay đổi. Hãy yêu cầu lại.",
        "The question cannot be understood any more, for the layer has changed. Ask again.",
    ),
    "broken": Text(
        "Việc tạo tệp bị gián đoạn nhiều lần. Hãy thử lại với định dạng khác, hoặc báo người quản trị.",
        "Making the file broke off several times. Try another format, or tell the administrator.",
    ),
}
