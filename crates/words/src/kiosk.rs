//! What is said on a kiosk alone. Apart from [`crate::Words`], so that no phone's bundle carries it.

use crate::Count;

crate::shape::sentences! {
    /// On a kiosk. `asks_text` and `leaves` take seconds.
    #[derive(Debug)]
    KioskWords {
        heading soon later nothing nothing_text unreachable unreachable_text partly
        scan_card scan_barcode scan_either reading
        sign_in number number_hint pin pin_hint born born_hint odd_number odd_pin odd_born
        next submit take_back letters digits other_number pad_label
        phone phone_text phone_picture calendar calendar_text calendar_picture
        done more usual asks go_on stay bye bye_text
    } { asks_text: Count, leaves: Count, typed_so_far: Count }
}
