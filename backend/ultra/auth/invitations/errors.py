"""What can go wrong with invitations."""

from ultra.kit.errors import Conflict, NotFound


class InvitationNotFound(NotFound):
    """Used, expired, withdrawn or never made: nobody is told which."""

    tr = "Bu davet artık geçerli değil. Sizi davet eden kişiden yeni bir davet isteyin."
    en = "This invitation is not valid any more. Ask the person who invited you for a new one."


class AlreadyMember(Conflict):
    tr = "Bu kişi zaten çalışma alanının üyesi."
    en = "This person belongs to the workspace already."


class AlreadyInvited(Conflict):
    tr = "Bu adrese gönderilmiş bir davet var. Onu yeniden gönderebilirsiniz."
    en = "There is an invitation to this address already. You can send it again."


class InvitationForOtherAddress(Conflict):
    tr = (
        "Bu davet {email} adresine gönderildi. Şu anki hesabınızla kabul etmek istediğinizi "
        "onaylayın."
    )
    en = (
        "This invitation went to {email}. Please confirm that you want to accept it with your "
        "present account."
    )


class TooManyInvitations(Conflict):
    tr = "Aynı anda en çok {limit} davet bekleyebilir. Önce bazılarını geri çekin."
    en = "At most {limit} invitations can be open at the same time. Withdraw some of them first."
